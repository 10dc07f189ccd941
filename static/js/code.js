// The link of the notice carries the code behind "#", which no server and no log ever sees.
// Here it is taken out of the address, put into the form, and sent as the form would send it.
"use strict";
(function () {
  function take() {
    var code = window.location.hash.slice(1);
    // "#main" and "#code" are places on this page; a code is longer.
    if (code.length < 24) {
      return;
    }
    window.history.replaceState(null, "", window.location.pathname);
    document.getElementById("code").value = code;
    document.getElementById("code-form").submit();
  }
  // Also where this page is open already and the link changes nothing but the part behind "#".
  window.addEventListener("hashchange", take);
  take();
})();
