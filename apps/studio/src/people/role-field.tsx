import type { Schemas } from '../api/client';

type Role = Schemas['Member']['role'];
const ROLES: readonly Role[] = ['viewer', 'editor', 'owner', 'operator'];
const isRole = (text: string): text is Role => ROLES.some((role) => role === text);

/** One of the roles. */
export const RoleField = ({
  label,
  value,
  onChange,
}: {
  label: string;
  value: Role;
  onChange: (role: Role) => void;
}) => (
  <label className="field">
    <span className="visually-hidden">{label}</span>
    <select
      className="input"
      value={value}
      onChange={({ target }) => (isRole(target.value) ? onChange(target.value) : undefined)}
    >
      {ROLES.map((role) => (
        <option key={role} value={role}>
          {role}
        </option>
      ))}
    </select>
  </label>
);
