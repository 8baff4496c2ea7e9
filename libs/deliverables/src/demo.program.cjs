/* global document -- it runs in the page of a demo */
// Moves between the steps: by the place in the picture, by the buttons, by arrows, Home and End. It reads no text of the page.
(() => {
  const steps = [...document.querySelectorAll('.step')];
  const [back, next, where] = ['back', 'next', 'where'].map((id) => document.getElementById(id));
  let at = 0;
  const show = (to, isFocused) => {
    at = Math.min(Math.max(to, 0), steps.length - 1);
    steps.forEach((step, n) => {
      step.hidden = n !== at;
    });
    back.setAttribute('aria-disabled', String(at === 0));
    next.setAttribute('aria-disabled', String(at === steps.length - 1));
    where.textContent = at + 1 + ' / ' + steps.length;
    if (isFocused) steps[at]?.querySelector('h2').focus();
  };
  document.body.classList.add('alone');
  document.addEventListener('click', (event) => {
    if (event.target === back) show(at - 1, false);
    else if (event.target === next) show(at + 1, false);
    else if (event.target.classList.contains('hotspot')) show(at + 1, true);
  });
  document.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: steps.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    show(to, true);
  });
  show(0, false);
})();
