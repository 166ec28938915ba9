import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, post } from "@/api/client";
import type { Decide, Decided, Decisions } from "@/api/types";

export const useDecide = (done: () => void) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Decide) => post<Decided>("decide", body),
    onSuccess: async () => {
      await client.invalidateQueries();
      done();
    },
  });
};

export const useDecisions = (wanted: boolean) =>
  useQuery({
    queryKey: ["decisions"],
    queryFn: () => get<Decisions>("decisions"),
    enabled: wanted,
  });
