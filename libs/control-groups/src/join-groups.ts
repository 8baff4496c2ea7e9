/** Joins the control groups first, so that nothing of the command ever runs outside the limits. */
const JOIN_SCRIPT = 'while [ "$1" != -- ]; do echo 0 > "$1" || exit 125; shift; done; shift; exec "$@"';

/** The argv that joins control groups by the files that `ControlGroup.enter` gives and then becomes `argv`. */
export function joinedCommand(joins: readonly string[], argv: readonly string[]): string[] {
  return ['sh', '-c', JOIN_SCRIPT, 'enter', ...joins, '--', ...argv];
}
