import { useQuery } from "@tanstack/react-query";
import { get } from "@/api/client";
import type { Status } from "@/api/types";

export const useStatus = () =>
  useQuery({ queryKey: ["status"], queryFn: () => get<Status>("status") });
