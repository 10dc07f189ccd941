// Letting the browser breathe: a long check must not stop the page from being drawn or used.

const LONGEST = 40; // milliseconds between two breaths

/** A function that, when enough time has gone by, tells how far things are and lets the browser draw. */
export function breather(show) {
  let last = performance.now();
  return async (...how) => {
    if (performance.now() - last < LONGEST) return;
    show(...how);
    await new Promise((go) => {
      setTimeout(go);
    });
    last = performance.now();
  };
}
