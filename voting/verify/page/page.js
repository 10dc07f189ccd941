// The page: a key and files from the user, the judgement, the report.  It talks to nobody.
import { element } from "./elements.js";
import { judge } from "./judge.js";
import { countJson } from "./count/door.js";
import { isSigned } from "./formats/ed25519.js";
import { breather } from "./pace.js";
import { speaker, plain } from "./say.js";
import { reportView } from "./view.js";

const find = (id) => document.getElementById(id);
const state = { language: "ja", files: [], report: null, given: null };

function sayAll() {
  const say = speaker(state.language);
  document.documentElement.lang = state.language;
  document.title = say.page("title");
  for (const each of document.querySelectorAll("[data-say]")) each.textContent = say.page(each.dataset.say);
  for (const each of document.querySelectorAll("[data-language]")) {
    each.setAttribute("aria-pressed", String(each.dataset.language === state.language));
  }
  showFiles();
  showReport();
}

function showFiles() {
  const say = speaker(state.language);
  find("chosen").replaceChildren(...state.files.map((file) => {
    const name = plain(file.name), label = say.page("remove-name", { name });
    const button = element("button", { type: "button", class: "quiet", "aria-label": label }, say.page("remove"));
    button.addEventListener("click", () => {
      state.files = state.files.filter((each) => each !== file);
      showFiles();
      find("files").focus();
    });
    return element("li", {}, element("span", {}, name), element("span", { class: "small" }, say.page("size", { size: file.size })), button);
  }));
}

function showReport() {
  if (!state.report) return;
  find("report").replaceChildren(...reportView(state.report, state.language, state.given, () => window.print()));
}

function add(files) {
  state.files.push(...files);
  showFiles();
}

/** The bytes of the chosen files; what the browser cannot give is named instead. */
async function readFiles() {
  const read = [], unreadable = [];
  for (const file of state.files) {
    try {
      read.push({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
    } catch (error) {
      unreadable.push({ name: file.name, code: file.size > 2 ** 30 ? "too-large" : "not-a-file", detail: String(error) });
    }
  }
  return { read, unreadable };
}

async function run() {
  const say = () => speaker(state.language), progress = find("progress"), bar = find("bar");
  // A key holds no space, and a line that was copied from paper or a PDF may be broken.
  const key = find("key").value.replace(/\s+/g, "");
  state.given = { key, files: state.files.map(({ name, size }) => ({ name, size })) };
  state.report = null;
  find("report").replaceChildren();
  find("run").disabled = true;
  progress.textContent = say().page("running");
  bar.hidden = false;
  const show = breather((part, done, of) => {
    progress.textContent = say().page(`progress-${part}`, { done, of });
    bar.max = of;
    bar.value = done;
  });
  const { read, unreadable } = await readFiles();
  try {
    const none = { exit: 2, verdict: "unreadable", log: "", audience: null, checks: [], motions: [], receipts: [], checkpoints: [], pairs: [] };
    state.report = unreadable.length ? { ...none, unreadable } : await judge({ key, files: read }, show);
  } finally {
    find("run").disabled = false;
    bar.hidden = true;
    progress.textContent = "";
  }
  showReport();
  find("verdict").focus();
}

function listen() {
  for (const each of document.querySelectorAll("[data-language]")) {
    each.addEventListener("click", () => {
      state.language = each.dataset.language;
      sayAll();
    });
  }
  find("files").addEventListener("change", (event) => {
    add(event.target.files);
    // The same file may be chosen again after it was taken away.
    event.target.value = "";
  });
  find("form").addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  const over = (isOver) => (event) => {
    event.preventDefault();
    find("drop").classList.toggle("over", isOver);
  };
  document.addEventListener("dragover", over(true));
  document.addEventListener("dragleave", over(false));
  document.addEventListener("drop", (event) => {
    over(false)(event);
    add(event.dataTransfer.files);
  });
}

listen();
sayAll();
find("unable").hidden = true;
find("work").hidden = false;
// For those who check the page itself: what the buttons call; the count and one signature alone.
globalThis.verifier = Object.freeze({ judge, countJson, isSigned });
