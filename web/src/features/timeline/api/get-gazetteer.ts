import { useQuery } from "@tanstack/react-query";
import { get } from "@/api/client";
import type { Town } from "@/api/types";

export const useTowns = () =>
  useQuery({ queryKey: ["gazetteer"], queryFn: () => get<Town[]>("gazetteer") });
