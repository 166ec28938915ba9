import { Link } from "wouter";
import type { Claim } from "@/api/types";
import { itemUrl } from "@/lib/url";
import { t } from "@/strings";
import { Claims } from "./claims";

export function ClaimItem({ claim }: { claim: Claim }) {
  return (
    <div className="stack">
      <Claims claims={[claim]} />
      <p>
        <Link href={itemUrl(claim.event)}>
          {t.open}: {t.item.kinds["event"]}
        </Link>
      </p>
    </div>
  );
}
