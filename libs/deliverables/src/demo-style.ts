/** How a demo looks. */
export const DEMO_STYLE = `*{box-sizing:border-box}body{margin:0;background:#0b1220;color:#fff;font:17px/1.5 system-ui,sans-serif}
main{max-width:1280px;margin:0 auto;padding:20px}h1{font-size:17px;margin:0 0 14px;color:#c3cede;font-weight:500}
h2{margin:0 0 14px;font-size:24px;outline:0}.eyebrow{margin:0;color:#8fbaff;font-size:14px}
.picture{position:relative;border-radius:12px;overflow:hidden;box-shadow:0 12px 40px #0008;line-height:0}
.picture img{width:100%;height:auto;display:block}
.hotspot{position:absolute;border:3px solid #1d62e0;border-radius:9px;background:#5b9dff33;cursor:pointer;padding:0;animation:pulse 1.6s infinite}
.hotspot:focus-visible,nav button:focus-visible{outline:3px solid #fff;outline-offset:2px;box-shadow:0 0 0 6px #0b1220}
@keyframes pulse{0%{box-shadow:0 0 0 0 #5b9dffaa}100%{box-shadow:0 0 0 16px #5b9dff00}}
@media(prefers-reduced-motion:reduce){.hotspot{animation:none}}
nav{display:flex;align-items:center;justify-content:center;gap:18px;margin:18px 0}nav p{margin:0;min-width:110px;text-align:center}
nav button{font:inherit;padding:9px 22px;border-radius:9px;border:1px solid #5b9dff;background:#16305f;color:#fff;cursor:pointer}
nav button[aria-disabled=true]{background:#111a2b;color:#c3cede;border-color:#3a4860}.step+.step{margin-top:32px}.alone .step+.step{margin-top:0}`;
