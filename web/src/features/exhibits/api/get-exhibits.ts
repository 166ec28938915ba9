import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { get } from "@/api/client";
import type { Exhibits } from "@/api/types";

export const PAGE = 200;

export const useExhibits = (offset: number) =>
  useQuery({
    queryKey: ["exhibits", offset],
    queryFn: () => get<Exhibits>("exhibits", { limit: PAGE, offset }),
    placeholderData: keepPreviousData,
  });
