// Pictures come blurred; clear only for a reason, which the service logs and counts.
import { useQuery } from "@tanstack/react-query";
import { bytes } from "@/api/client";

export const useBlurred = (id: string, wanted: boolean) =>
  useQuery({
    queryKey: ["picture", id],
    queryFn: async () => (await bytes("picture", { id })).blob(),
    enabled: wanted,
  });

export interface Clear {
  content: Blob;
  exposure: number; // pictures that were shown clear to this person in this case
}

/** Never kept: a picture that was blurred again is asked for, and logged, anew. */
export async function clearPicture(id: string, reason: string): Promise<Clear> {
  const answer = await bytes("picture", {}, { id, reason });
  const exposure = Number(answer.headers.get("Palermo-Exposure"));
  return { content: await answer.blob(), exposure };
}
