// A passkey is asked for by the browser; its answer goes into the form and is sent as any form is.
// Without JavaScript the same pages work with the code of an authenticator app.
"use strict";
(function () {
  var form = document.getElementById("passkey-form");
  if (!form || !window.PublicKeyCredential || !PublicKeyCredential.parseRequestOptionsFromJSON) {
    return;
  }
  var options = JSON.parse(form.dataset.options);
  var button = document.getElementById("passkey-button");
  var trouble = document.getElementById("passkey-trouble");
  form.hidden = false;
  document.getElementById("passkey-none").hidden = true;
  form.addEventListener("submit", function (event) {
    var answer = document.getElementById("passkey-answer");
    if (answer.value) {
      return;
    }
    event.preventDefault();
    button.disabled = true;
    trouble.hidden = true;
    var asked =
      form.dataset.kind === "create"
        ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    asked.then(
      function (credential) {
        answer.value = JSON.stringify(credential.toJSON());
        form.submit();
      },
      function () {
        button.disabled = false;
        trouble.hidden = false;
      }
    );
  });
})();
