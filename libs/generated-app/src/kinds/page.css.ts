/** The looks of the pages that show what has none of its own. */
export const PAGE_CSS = `:root { --page: #f4f6fb; --surface: #fff; --text: #1c2233; --muted: #5d6780; --line: #dfe4ef; --accent: #3554d1; color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 'Inter', 'Segoe UI', system-ui, sans-serif; }
main { max-width: 860px; margin: 0 auto; padding: 40px 24px 72px; }
h1 { margin: 0 0 4px; font-size: 32px; letter-spacing: -0.02em; }
h2 { display: flex; gap: 10px; align-items: center; margin: 0; font-size: 18px; }
p { margin: 0 0 24px; color: var(--muted); }
.card { display: grid; gap: 14px; margin-bottom: 18px; padding: 22px; background: var(--surface); border: 1px solid var(--line); border-radius: 16px; box-shadow: 0 8px 24px rgb(28 34 51 / 6%); }
label { display: grid; gap: 6px; color: var(--muted); font-size: 14px; }
input, textarea { width: 100%; padding: 10px 12px; color: var(--text); background: var(--page); border: 1px solid var(--line); border-radius: 10px; font: 15px/1.5 ui-monospace, 'DejaVu Sans Mono', monospace; }
button { justify-self: start; padding: 10px 20px; color: #fff; background: var(--accent); border: 0; border-radius: 10px; font: inherit; font-weight: 600; cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
output { font-weight: 600; }
.good { color: #10744a; }
.bad { color: #b3261e; }
.method { padding: 2px 10px; color: #fff; background: #5d6780; border-radius: 8px; font-size: 13px; }
.get { background: #10744a; }
.post { background: var(--accent); }
.put, .patch { background: #9a5b00; }
.delete { background: #b3261e; }
pre { max-height: 420px; margin: 0; padding: 16px; overflow: auto; color: #e8ecf8; background: #171c2b; border-radius: 12px; font: 14px/1.5 ui-monospace, 'DejaVu Sans Mono', monospace; white-space: pre-wrap; }
`;
