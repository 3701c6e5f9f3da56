import { CSPProvider } from '@base-ui/react/csp-provider';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Redirect, Route, Router, Switch } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { useLoad } from '../react/index.ts';
import { EditorPage } from './editor/EditorPage.tsx';
import { ManualCopyDialog } from './files/ManualCopyDialog.tsx';
import { PageBoundary } from './shell/PageBoundary.tsx';
import { Shell } from './shell/Shell.tsx';
import { useRouteFocus } from './shell/useRouteFocus.ts';
import { LoadNotices } from './start/LoadNotices.tsx';
import { SaveNotices } from './status/SaveNotices.tsx';
import { useThemePaint } from './theme/useTheme.ts';
import { TipLayer } from './ui/TipLayer.tsx';

const TemplatesPage = lazy(() => import('./templates/TemplatesPage.tsx'));
const TemplatePage = lazy(() => import('./templates/TemplatePage.tsx'));
const StartScreen = lazy(() => import('./start/StartScreen.tsx'));
const ToastRegion = lazy(() => import('./ui/ToastRegion.tsx'));

/** The whole app, inside a persistence provider. */
export function App() {
  return (
    <CSPProvider disableStyleElements>
      <Router hook={useHashLocation}>
        <Pages />
      </Router>
      <TipLayer />
      <LaterToasts />
    </CSPProvider>
  );
}

function Pages() {
  useThemePaint();
  useRouteFocus();
  const load = useLoad();
  const isAsking = load.kind === 'unavailable' || load.kind === 'tooNew';
  return (
    <Shell
      notices={
        <>
          <LoadNotices />
          <SaveNotices />
        </>
      }
    >
      <PageBoundary>
        <Suspense fallback={null}>
          {isAsking ? (
            <StartScreen key={load.finding.code} load={load} />
          ) : (
            <Switch>
              <Route path="/" component={EditorPage} />
              <Route path="/templates" component={TemplatesPage} />
              <Route path="/templates/:id" component={TemplatePage} />
              <Route>
                <Redirect to="/" replace />
              </Route>
            </Switch>
          )}
        </Suspense>
      </PageBoundary>
      <ManualCopyDialog />
    </Shell>
  );
}

/** The region is fetched after the first paint; toasts made before are shown when it is there. */
function LaterToasts() {
  const [isPainted, setPainted] = useState(false);
  useEffect(() => setPainted(true), []);
  if (!isPainted) return null;
  return (
    <Suspense fallback={null}>
      <ToastRegion />
    </Suspense>
  );
}
