/** A box of the page, in CSS pixels of its window. */
export interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What the walk over a page knows of an element from those around it. */
export interface WalkState {
  parent: number;
  group: number;
  /** Inside of aria-hidden, inert or beneath a modal dialog: seen by eyes, not reachable. */
  hidden: boolean;
  /** The element around is cut off, and with it the text directly in it. */
  cut: boolean;
  pointer: boolean;
  /** Inside of a link or button: its icon is none of its own. */
  control: boolean;
  disabled: boolean;
  fixed: boolean;
  /** Within what changes by itself. */
  restless: boolean;
  /** What overflow cuts off for children in flow, and for absolutely positioned ones. */
  clip: Rect;
  absoluteClip: Rect;
  dx: number;
  dy: number;
}
