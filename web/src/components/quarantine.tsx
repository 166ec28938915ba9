// Says which exhibits are in quarantine as known material, and the duty to report; nothing else of them.
import type { Status } from "@/api/types";
import { t } from "@/strings";

const NAMED = 20; // of many exhibits, the first

export function Quarantine({ status }: { status: Status }) {
  const numbers = status.quarantined;
  if (!numbers.length) return null;
  const named = numbers.slice(0, NAMED).join(", ");
  return (
    <div className="notice bad" role="alert">
      <div>
        <strong>{t.quarantine.held(named, numbers.length, Math.max(0, numbers.length - NAMED))}</strong>
        <p>{status.duty}</p>
      </div>
    </div>
  );
}
