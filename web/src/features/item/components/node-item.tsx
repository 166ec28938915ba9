// A value: what can be decided on it; where it occurs stands below.
import type { Node } from "@/api/types";
import { AskButton } from "@/components/ask";
import { Panel } from "@/components/panel";
import { Value } from "@/components/value";
import { t } from "@/strings";

export function NodeItem({ node }: { node: Node }) {
  return (
    <Panel
      title={t.item.value}
      side={
        <span className="row">
          <AskButton
            label={t.item.generic}
            title={t.item.generic}
            help={t.item.genericWhy}
            act={t.queue.decide}
            decide={{ act: "generic", a: node.node }}
          />
          <AskButton
            label={t.item.openPerson}
            title={t.item.openPerson}
            help={t.item.openPersonWhy}
            act={t.queue.decide}
            decide={{ act: "open_person", a: node.node }}
          />
        </span>
      }
    >
      <Value node={node} />
    </Panel>
  );
}
