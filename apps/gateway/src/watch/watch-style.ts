/** How the page of a shared film looks; an embedded one is the film alone. */
export const WATCH_STYLE = `:root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--text:#10151f;--muted:#4d5666;--line:#d9dee7;--accent:#1a56db}
@media(prefers-color-scheme:dark){:root{--bg:#0c111b;--card:#141b28;--text:#eef1f6;--muted:#aab4c4;--line:#2a3446;--accent:#8fb4ff}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--text);font:16px/1.5 system-ui,sans-serif}
main{max-width:1100px;margin:0 auto;padding:1.2rem}h1{font-size:1.35rem;line-height:1.3;margin:.2rem 0 1rem;overflow-wrap:anywhere}
video{display:block;width:100%;max-height:78vh;background:#000;border-radius:12px}
ol{list-style:none;margin:1rem 0;padding:0;display:flex;flex-wrap:wrap;gap:.5rem}
ol button{display:grid;gap:.1rem;min-height:44px;padding:.45rem .85rem;border:1px solid var(--line);border-radius:10px;background:var(--card);
color:var(--text);font:600 .9rem/1.3 inherit;text-align:left;cursor:pointer;max-width:16rem;overflow-wrap:anywhere}
ol button[aria-current=true]{border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent)}
ol button:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.time{color:var(--muted);font-weight:400;font-variant-numeric:tabular-nums}.muted{color:var(--muted);font-size:.9rem}
.embed,.embed main{margin:0;padding:0;max-width:none;height:100vh;background:#000}.embed video{height:100vh;max-height:none;border-radius:0}`;
