/** Styles belong to the page that imports them; the build collects them. */
declare module '*.css';
