import { useQuery } from "@tanstack/react-query";
import { get } from "@/api/client";
import type { Problems } from "@/api/types";

export const useProblems = () =>
  useQuery({ queryKey: ["problems"], queryFn: () => get<Problems>("problems") });
