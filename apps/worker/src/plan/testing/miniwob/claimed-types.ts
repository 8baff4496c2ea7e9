/**
 * Types of pages whose sentences the rules claim to read: plain work on forms, lists, menus, tabs and mail. The others ask for drawing,
 * counting, guessing, colours or knowledge of words.
 */
export const CLAIMED_TYPES: readonly string[] = `
choose-date choose-date-easy choose-date-medium choose-date-nodelay choose-list click-button click-button-sequence
click-checkboxes click-checkboxes-large click-checkboxes-transfer click-collapsible click-collapsible-2
click-collapsible-2-nodelay click-collapsible-nodelay click-dialog click-dialog-2 click-link click-menu click-menu-2
click-option click-tab click-tab-2 click-tab-2-easy click-tab-2-hard click-tab-2-medium click-test click-test-2
click-test-transfer click-widget copy-paste copy-paste-2 drag-items email-inbox email-inbox-delete email-inbox-forward
email-inbox-important email-inbox-noscroll email-inbox-reply email-inbox-star-reply enter-date enter-password enter-text
enter-text-2 enter-text-dynamic enter-time focus-text focus-text-2 form-sequence-2 login-user login-user-popup
navigate-tree read-table sign-agreement unicode-test use-autocomplete use-autocomplete-nodelay use-spinner
`
  .trim()
  .split(/\s+/);
