// The workbench: opens the session, then shows the views.
import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { RefusedError } from "@/api/client";
import { Loading, Refused } from "@/components/async";
import { t } from "@/strings";
import { Routes } from "./routes";
import { openSession } from "./session";
import { Shell } from "./shell";

const client = new QueryClient({
  defaultOptions: {
    // Every look is recorded in the custody log: none is taken that nobody asked for.
    queries: {
      retry: false,
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    },
  },
});

export function App() {
  return (
    <QueryClientProvider client={client}>
      <Door />
    </QueryClientProvider>
  );
}

function Door() {
  const session = useQuery({ queryKey: ["session"], queryFn: openSession });
  if (session.data)
    return (
      <Shell session={session.data}>
        <Routes />
      </Shell>
    );
  if (!session.error) return <Loading />;
  const shut = session.error instanceof RefusedError && session.error.status === 401;
  return (
    <main className="main">
      <div className="page" style={{ maxWidth: 620, paddingTop: "12vh" }}>
        <h1>{shut ? t.closed.title : t.name}</h1>
        {shut ? (
          <div className="notice warn">
            <div className="stack tight">
              <span>{t.closed.why}</span>
              <span>{t.closed.next}</span>
            </div>
          </div>
        ) : (
          <Refused error={session.error} retry={() => void session.refetch()} />
        )}
      </div>
    </main>
  );
}
