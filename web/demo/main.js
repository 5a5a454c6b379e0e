// The demo page: each view has a folder of its own, and all share one network and one set of choices.
import { FilesView } from './files/files_view.js';
import { LiveView } from './live/live_view.js';
import { ModelView } from './model/model_view.js';
import { find } from './page/dom.js';
import { setUpDrop } from './page/drop.js';
import { sayError } from './page/messages.js';
import { Session } from './page/session.js';
import { SettingsForm } from './page/settings.js';
import { setUpTabs } from './page/tabs.js';
import { TeachView } from './teach/teach_view.js';

keepFiles().catch(() => {});

const session = new Session();
session.model.catch(sayError);
const settings = new SettingsForm();
settings.listDevices();

const live = new LiveView(session, settings);
const files = new FilesView(session, settings);
const teach = new TeachView(session, settings);
const model = new ModelView(session);

const showPanel = setUpTabs(find('views', HTMLElement), (panel) => {
  if (panel !== 'live') live.stop();
  if (panel !== 'teach') teach.stop();
  if (panel === 'files') files.show();
  else files.stop();
  find('settings', HTMLFieldSetElement).hidden = panel === 'model';
});

setUpDrop(
  (file) => {
    showPanel('model');
    model.use(file);
  },
  (sounds) => {
    showPanel('files');
    files.add(sounds);
  },
);

/** So that the page works without a network. Where nothing can be kept, even the look at `serviceWorker` may throw. */
async function keepFiles() {
  await navigator.serviceWorker?.register('offline.js');
}
