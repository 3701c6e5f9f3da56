import { CSPProvider } from '@base-ui/react/csp-provider';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Redirect, Route, Router, Switch } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { useLoad, usePersistence, useView } from '../react/index.ts';
import { EditorPage } from './editor/EditorPage.tsx';
import { ManualCopyDialog } from './files/ManualCopyDialog.tsx';
import { PageBoundary } from './shell/PageBoundary.tsx';
import { Shell } from './shell/Shell.tsx';
import { useRouteFocus } from './shell/useRouteFocus.ts';
import { useStartSeen } from './shell/useStartSeen.ts';
import { SaveNotices } from './status/SaveNotices.tsx';
import { useThemePaint } from './theme/useTheme.ts';
import { TipLayer } from './ui/TipLayer.tsx';

const TemplatesPage = lazy(() => import('./templates/TemplatesPage.tsx'));
const TemplatePage = lazy(() => import('./templates/TemplatePage.tsx'));
const DataPage = lazy(() => import('./data/DataPage.tsx'));
const Migration = lazy(() => import('./migration/Migration.tsx'));
const Problems = lazy(() => import('./start/Problems.tsx'));
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
  useStartSeen();
  const load = useLoad();
  const isUpdating = load.kind === 'asking' && load.asking.machine === 'migration';
  return (
    <Shell
      notices={
        <>
          <LaterProblems />
          <SaveNotices />
        </>
      }
    >
      <PageBoundary>
        <Suspense fallback={null}>
          {isUpdating ? (
            <Migration actor={load.asking.actor} />
          ) : (
            <Switch>
              <Route path="/" component={EditorPage} />
              <Route path="/templates" component={TemplatesPage} />
              <Route path="/templates/:id" component={TemplatePage} />
              <Route path="/data" component={DataPage} />
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

/** Most visits have no problem, and never fetch the words for it. */
function LaterProblems() {
  const load = useLoad();
  const dialog = useView(usePersistence().dialog);
  const isQuiet =
    load.kind === 'loading' ||
    (load.kind === 'ready' && load.damage.length === 0 && !load.recovered && !load.migrated);
  if (isQuiet && !dialog) return null;
  return (
    // Without it, words that cannot be fetched would take the whole page with them.
    <PageBoundary>
      <Suspense fallback={null}>
        <Problems />
      </Suspense>
    </PageBoundary>
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
