/* global document -- it runs in the page of a shared film */
// A chapter brings the film to where it begins, and is marked while it is shown.
(() => {
  const video = document.querySelector('video');
  const chapters = [...document.querySelectorAll('[data-start]')];
  const startOf = (chapter) => Number(chapter.dataset.start);
  chapters.forEach((chapter) =>
    chapter.addEventListener('click', () => {
      video.currentTime = startOf(chapter);
      video.play().catch(() => undefined);
    }),
  );
  video.addEventListener('timeupdate', () => {
    const current = chapters.filter((chapter) => startOf(chapter) <= video.currentTime + 0.05).at(-1);
    chapters.forEach((chapter) => {
      if (chapter === current) chapter.setAttribute('aria-current', 'true');
      else chapter.removeAttribute('aria-current');
    });
  });
})();
