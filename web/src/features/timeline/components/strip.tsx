// The strip of time: bars by kind, stays as lanes, and a brush that chooses a window.
import { useEffect, useMemo, useRef, useState } from "react";
import type { Event, Stay } from "@/api/types";
import { kindColour } from "@/components/marks";
import { day } from "@/lib/time";
import { t } from "@/strings";
import { type Bin, bins, DAY, type Window } from "../lib/window";

const HEIGHT = 78;
const LANE = 9;
const MARGIN = 14;

interface Props {
  events: Event[];
  stays: Stay[];
  whole: Window;
  window: Window | null;
  brush: (window: Window | null) => void;
}

export function Strip({ events, stays, whole, window, brush }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const [drag, setDrag] = useState<[number, number] | null>(null);
  const made = useMemo(
    () => bins(events, whole, Math.max(20, Math.floor(width / 7))),
    [events, whole, width],
  );
  const scale = (time: number) =>
    MARGIN + ((time - whole.from) / (whole.to - whole.from)) * (width - 2 * MARGIN);
  const unscale = (x: number) =>
    whole.from + ((x - MARGIN) / (width - 2 * MARGIN)) * (whole.to - whole.from);
  const at = (event: React.PointerEvent) =>
    event.clientX - (box.current?.getBoundingClientRect().left ?? 0);
  const identities = [...new Set(stays.map((stay) => stay.identity))].slice(0, 12);
  const lanes = identities.length * LANE;
  const choose = () => {
    if (!drag) return;
    const [a, b] = [Math.min(...drag), Math.max(...drag)];
    setDrag(null);
    if (b - a < 4) return brush(null);
    const from = Math.floor(unscale(a) / DAY) * DAY;
    brush({ from, to: Math.max(from + DAY, Math.ceil(unscale(b) / DAY) * DAY) });
  };
  const held: [number, number] | null =
    drag ??
    (window && [scale(Math.max(window.from, whole.from)), scale(Math.min(window.to, whole.to))]);
  return (
    <div className="strip" ref={box}>
      <svg
        width={width}
        height={HEIGHT + lanes + 20}
        role="img"
        aria-label={t.timeline.brush}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrag([at(event), at(event)]);
        }}
        onPointerMove={(event) => drag && setDrag([drag[0], at(event)])}
        onPointerUp={choose}
        onPointerCancel={() => setDrag(null)}
      >
        <title>{t.timeline.brush}</title>
        <Bars made={made} scale={scale} />
        {stays.map((stay, i) => {
          const lane = identities.indexOf(stay.identity);
          const x = scale(Date.parse(stay.start));
          return lane < 0 ? null : (
            <rect
              key={i}
              className={`lane ${stay.basis}`}
              x={x}
              y={HEIGHT + 2 + lane * LANE}
              width={Math.max(3, scale(Date.parse(stay.end)) - x)}
              height={LANE - 3}
              rx={2}
            >
              <title>{`${stay.place} ${day(stay.start)} – ${day(stay.end)}`}</title>
            </rect>
          );
        })}
        {ticks(whole, width).map((time) => (
          <g key={time} transform={`translate(${scale(time)} 0)`}>
            <line className="tick" y1={0} y2={HEIGHT + lanes + 4} />
            <text className="axis" x={3} y={HEIGHT + lanes + 16}>
              {day(time)}
            </text>
          </g>
        ))}
        {held && (
          <rect
            className="brush"
            x={Math.min(...held)}
            y={0}
            width={Math.max(2, Math.abs(held[1] - held[0]))}
            height={HEIGHT + lanes + 3}
          />
        )}
      </svg>
    </div>
  );
}

function Bars({ made, scale }: { made: Bin[]; scale: (time: number) => number }) {
  const most = Math.max(1, ...made.map((bin) => bin.total));
  return made
    .filter((bin) => bin.total)
    .map((bin) => {
      const x = scale(bin.from);
      const width = Math.max(1, scale(bin.to) - x - 1);
      let y = HEIGHT;
      return (
        <g key={bin.from}>
          <title>{`${day(bin.from)}: ${bin.total}`}</title>
          {[...bin.counts].sort().map(([kind, n]) => {
            const height = Math.max(1.5, (n / most) * (HEIGHT - 8));
            y -= height;
            return (
              <rect
                key={kind}
                x={x}
                y={y}
                width={width}
                height={height}
                style={{ fill: kindColour(kind) }}
              />
            );
          })}
        </g>
      );
    });
}

function ticks(whole: Window, width: number): number[] {
  const wanted = Math.max(2, Math.floor(width / 130));
  const step = Math.max(1, Math.ceil((whole.to - whole.from) / DAY / wanted)) * DAY;
  const made = [];
  for (let time = whole.from; time < whole.to; time += step) made.push(time);
  return made;
}

function useWidth(box: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(900);
  useEffect(() => {
    if (!box.current) return;
    const watch = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.max(200, entry.contentRect.width));
    });
    watch.observe(box.current);
    return () => watch.disconnect();
  }, [box]);
  return width;
}
