// A picture of the evidence: blurred until somebody asks for it with a reason; Escape or another
// click blurs it again. What is blurred holds no detail at all: that stays with the service.
import { useMutation } from "@tanstack/react-query";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import { RefusedError } from "@/api/client";
import { clearPicture, useBlurred } from "@/api/get-picture";
import { useSession } from "@/api/get-session";
import { useStatus } from "@/api/get-status";
import type { Picture as Pictured } from "@/api/types";
import { count } from "@/lib/words";
import { t } from "@/strings";
import { Reason } from "./ask";
import "./picture.css";

interface Props {
  id: string; // of the photograph, or of its exhibit
  exhibit: number;
  small?: boolean;
}

export function Picture({ id, exhibit, small = false }: Props) {
  const session = useSession().data;
  const status = useStatus().data;
  if (!session || !status) return null; // it is not known yet whether one may be asked for
  const why = session.pictures ? t.picture.scope[status.pictures] : t.picture.server;
  if (why)
    return (
      <p className="picture-none small" title={why}>
        <span aria-hidden="true">▨</span> {small ? t.picture.none : why}
      </p>
    );
  return <Framed key={id} id={id} exhibit={exhibit} small={small} />;
}

export function Pictures({ pictures }: { pictures: readonly Pictured[] }) {
  if (!pictures.length) return null;
  return (
    <div className="pictures">
      {pictures.map((one) => (
        <Picture key={one.id} id={one.id} exhibit={one.exhibit_number} />
      ))}
    </div>
  );
}

// The reason given last, for as long as the same page is looked at.
let given = { page: "", reason: "" };

function Framed({ id, exhibit, small }: Props & { small: boolean }) {
  const [page] = useLocation();
  const frame = useRef<HTMLElement>(null);
  const [asking, setAsking] = useState(false);
  const blurred = useBlurred(id, useNear(frame));
  const opening = useMutation({
    mutationFn: (reason: string) => clearPicture(id, reason),
    gcTime: 0,
  });
  const clear = opening.data;
  const content = clear?.content ?? blurred.data;
  const open = (reason: string) => {
    given = { page, reason };
    setAsking(false);
    opening.mutate(reason);
  };
  const press = () => {
    if (clear) opening.reset();
    else if (given.page === page && given.reason) open(given.reason);
    else setAsking(true);
  };
  useEscape(Boolean(clear), opening.reset);
  const error = opening.error ?? blurred.error;
  return (
    <figure ref={frame} className={`picture ${small ? "small" : ""}`} data-clear={Boolean(clear)}>
      {!blurred.error && (
        <button type="button" className="picture-frame" onClick={press} disabled={!content}>
          {content && (
            <Pixels
              key={clear ? "clear" : "blurred"}
              content={content}
              alt={clear ? t.picture.clear(exhibit) : t.picture.blurred(exhibit)}
            />
          )}
          <span className={clear ? "hidden" : "picture-veil"}>
            {opening.isPending ? t.picture.opening : clear ? t.picture.hide : t.picture.show}
          </span>
        </button>
      )}
      {clear && (
        <figcaption className="soft small">
          {t.picture.exposure(count(clear.exposure))} {t.picture.again}
        </figcaption>
      )}
      {error && <Why error={error} />}
      {asking && (
        <Reason
          title={t.picture.title}
          help={t.picture.why}
          act={t.picture.show}
          submit={open}
          close={() => setAsking(false)}
        />
      )}
    </figure>
  );
}

/** An image of bytes, whose address is given up with it. */
function Pixels({ content, alt }: { content: Blob; alt: string }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(content);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [content]);
  return url && <img src={url} alt={alt} />;
}

function Why({ error }: { error: unknown }) {
  const refusal = error instanceof RefusedError ? error.refusal : undefined;
  return (
    <p className="picture-none small" role="alert">
      {refusal ? `${refusal.why}. ${refusal.next}` : String(error)}
    </p>
  );
}

/** Whether an element has come near what is seen of the page: each picture asked for is logged. */
function useNear(element: RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    const there = element.current;
    if (!there || near) return;
    const seen = new IntersectionObserver(([entry]) => entry?.isIntersecting && setNear(true), {
      rootMargin: "100px",
    });
    seen.observe(there);
    return () => seen.disconnect();
  }, [element, near]);
  return near;
}

function useEscape(open: boolean, close: () => void) {
  useEffect(() => {
    if (!open) return;
    const press = (event: KeyboardEvent) => event.key === "Escape" && close();
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [open, close]);
}
