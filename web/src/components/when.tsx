// A time in the zone that the evidence states, with its uncertainty; UTC on hovering.
import { local, resolved, uncertainty } from "@/lib/time";
import { t } from "@/strings";

interface Props {
  time: string | null;
  zone?: string | null;
  error?: number | null;
}

export function When({ time, zone, error }: Props) {
  if (!time) return <span className="soft">{t.time.none}</span>;
  const spread = error === undefined ? "" : uncertainty(error);
  return (
    <time dateTime={time} title={t.time.utc(time)} className="when">
      {local(time, zone)}{" "}
      <span className="soft">
        {zoneWords(zone)}
        {spread && ` ${spread}`}
      </span>
    </time>
  );
}

function zoneWords(zone: string | null | undefined): string {
  if (zone === undefined) return "UTC";
  // The time is shown in UTC wherever the zone as written tells none.
  if (!zone || !resolved(zone)) return `UTC, ${t.time.unknown}`;
  if (zone.startsWith("assumed ")) return t.time.assumed(zone.slice(8));
  return zone;
}
