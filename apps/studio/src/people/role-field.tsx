import type { Schemas } from '../api/client';
import { useMay } from '../api/use-may';
import { Choice } from '../parts/choice';

type Role = Schemas['Member']['role'];
const ROLES: readonly { value: Role; label: string }[] = [
  { value: 'viewer', label: 'Viewer: sees films' },
  { value: 'editor', label: 'Editor: makes films, too' },
  { value: 'owner', label: 'Owner: invites people, too' },
  { value: 'operator', label: 'Operator: looks after the installation' },
];

/** One of the roles that may be given from here, and the one that is held. */
export function RoleField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: Role;
  onChange: (role: Role) => void;
}) {
  const isOperator = useMay('operate');
  const offered = ROLES.filter(({ value: role }) => isOperator || role !== 'operator' || role === value);
  return <Choice label={label} value={value} offered={offered} onChange={onChange} />;
}
