// The roles that a person can have in a case.
import { title } from "@/lib/words";
import { t } from "@/strings";

const ROLES = ["victim", "possible victim", "witness", "third party", "suspect"];

export function RoleField() {
  return (
    <label className="field">
      <span>{t.item.roleField}</span>
      <select className="input" name="role" defaultValue="possible victim">
        {ROLES.map((role) => (
          <option key={role} value={role}>
            {title(role)}
          </option>
        ))}
      </select>
    </label>
  );
}
