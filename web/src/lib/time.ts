// Times as people read them: in the zone that the evidence states, with its uncertainty.

const PARTS: Intl.DateTimeFormatOptions = {
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
};

/** The offset or IANA name that a zone as written stands for; null where it tells none. */
export function resolved(zone: string | null | undefined): string | null {
  const named = (zone ?? "").replace(/^assumed\s+/, "");
  if (OFFSET.test(named)) return named;
  return named && format(Date.now(), named) ? named : null;
}

/** "2026-03-02 08:30" in `zone`: an offset, an IANA name, "assumed <zone>"; else in UTC. */
export function local(time: string, zone: string | null | undefined): string {
  const named = resolved(zone) ?? "UTC";
  const offset = OFFSET.exec(named);
  // Not every browser takes an offset for a zone, so the clock is moved by it instead.
  if (offset) return format(Date.parse(time) + minutes(offset) * 60_000, "UTC") ?? time;
  return format(Date.parse(time), named) ?? time;
}

const OFFSET = /^([+-])(\d\d):?(\d\d)$/;

function minutes([, sign, hours, rest]: RegExpExecArray): number {
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(rest));
}

function format(time: number, timeZone: string): string | null {
  try {
    const parts = new Intl.DateTimeFormat("en-GB", { ...PARTS, timeZone }).formatToParts(time);
    const part = (type: string) => parts.find((p) => p.type === type)?.value ?? "";
    return `${part("year")}-${part("month")}-${part("day")} ${part("hour")}:${part("minute")}`;
  } catch {
    return null; // a zone that this browser does not know
  }
}

/** "± 1 min" from seconds. */
export function uncertainty(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return "± ?";
  if (seconds < 60) return seconds <= 1 ? "" : `± ${seconds} s`;
  if (seconds < 3600) return `± ${Math.round(seconds / 60)} min`;
  if (seconds < 86400) return `± ${Math.round(seconds / 3600)} h`;
  const days = Math.round(seconds / 86400);
  return `± ${days} ${days === 1 ? "day" : "days"}`;
}

export function day(time: string | number | Date): string {
  return new Date(time).toISOString().slice(0, 10);
}

export function days(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
