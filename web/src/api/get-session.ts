import { useQuery } from "@tanstack/react-query";
import { get } from "@/api/client";
import type { Session } from "@/api/types";

/** Who sits at the workbench, and whether this start of the service shows pictures. */
export const useSession = () =>
  useQuery({ queryKey: ["session"], queryFn: () => get<Session>("session") });
