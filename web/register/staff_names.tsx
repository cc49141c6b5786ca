/** People to choose one of, by name. */
import type { StaffMember } from "../../shared/staff.ts";

interface StaffNamesProps {
  readonly staff: readonly StaffMember[];
  readonly onChoose: (id: string) => void;
}

export function StaffNames({ staff, onChoose }: StaffNamesProps) {
  const byName = [...staff].sort((a, b) => a.name.localeCompare(b.name));
  return (
    <ul class="names">
      {byName.map(({ id, name }) => (
        <li key={id}>
          <button type="button" class="name" onClick={() => onChoose(id)}>{name}</button>
        </li>
      ))}
    </ul>
  );
}
