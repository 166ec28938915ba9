// Steps through a long list; the place is in the address.
import { useParams } from "@/lib/url";
import { count } from "@/lib/words";
import { t } from "@/strings";

interface Props {
  offset: number;
  page: number;
  total: number;
}

export function Pager({ offset, page, total }: Props) {
  const [, change] = useParams();
  if (total <= page && !offset) return null;
  const last = Math.min(offset + page, total);
  return (
    <span className="row small">
      <span className="soft">{t.of(`${count(offset + 1)}–${count(last)}`, count(total))}</span>
      <button
        type="button"
        className="button"
        disabled={!offset}
        onClick={() => change({ offset: Math.max(0, offset - page) || "" })}
        aria-label={t.search.before}
      >
        ‹
      </button>
      <button
        type="button"
        className="button"
        disabled={last >= total}
        onClick={() => change({ offset: offset + page })}
        aria-label={t.search.after}
      >
        ›
      </button>
    </span>
  );
}
