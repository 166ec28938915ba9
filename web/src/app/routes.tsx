// Which address shows which view; each is loaded when it is first asked for.
import { lazy, Suspense } from "react";
import { Route, Switch, useLocation } from "wouter";
import { Loading } from "@/components/async";
import { Failure } from "./failure";

const Overview = lazy(() => import("@/features/overview/components/overview"));
const Search = lazy(() => import("@/features/search/components/search"));
const Item = lazy(() => import("@/features/item/components/item"));
const Why = lazy(() => import("@/features/why/components/why"));
const Timeline = lazy(() => import("@/features/timeline/components/timeline"));
const Network = lazy(() => import("@/features/network/components/network"));
const Review = lazy(() => import("@/features/review/components/review"));
const Exhibits = lazy(() => import("@/features/exhibits/components/exhibits"));
const Problems = lazy(() => import("@/features/problems/components/problems"));
const Custody = lazy(() => import("@/features/custody/components/custody"));
const Share = lazy(() => import("@/features/share/components/share"));
const Note = lazy(() => import("@/features/note/components/note"));
const Consent = lazy(() => import("@/features/consent/components/consent"));
const Alerts = lazy(() => import("@/features/alerts/components/alerts"));
const Check = lazy(() => import("@/features/check/components/check"));

export function Routes() {
  const [path] = useLocation();
  return (
    <Failure key={path}>
      <Suspense fallback={<Loading />}>
        <Switch>
          <Route path="/" component={Overview} />
          <Route path="/search" component={Search} />
          <Route path="/item/*" component={Item} />
          <Route path="/why/*" component={Why} />
          <Route path="/timeline" component={Timeline} />
          <Route path="/network" component={Network} />
          <Route path="/review" component={Review} />
          <Route path="/exhibits" component={Exhibits} />
          <Route path="/problems" component={Problems} />
          <Route path="/custody" component={Custody} />
          <Route path="/share" component={Share} />
          <Route path="/note" component={Note} />
          <Route path="/consent" component={Consent} />
          <Route path="/alerts" component={Alerts} />
          <Route path="/check" component={Check} />
          <Route>
            <Overview />
          </Route>
        </Switch>
      </Suspense>
    </Failure>
  );
}
