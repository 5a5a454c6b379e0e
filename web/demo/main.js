// The demo page: each view has a folder of its own, and all share one network and one set of choices.
import { FilesView } from './files/files_view.js';
import { LiveView } from './live/live_view.js';
import { MapView } from './map/map_view.js';
import { ModelView } from './model/model_view.js';
import { find } from './page/dom.js';
import { setUpDrop } from './page/drop.js';
import { Messages } from './page/messages.js';
import { Session } from './page/session.js';
import { SettingsForm } from './page/settings.js';
import { setUpTabs } from './page/tabs.js';
import { TeachView } from './teach/teach_view.js';

keepFiles().catch(() => {});

const messages = new Messages('message');
const session = new Session(() =>
  messages.say('No worker can be started here: this page stands still while it computes.'),
);
session.model.catch((error) => messages.sayError(error));
const settings = new SettingsForm();
settings.listDevices();

const teach = new TeachView(session, settings);
const views = {
  map: new MapView(session, settings),
  teach,
  live: new LiveView(session, settings, teach),
  files: new FilesView(session, settings),
  model: new ModelView(session),
};
/** @type {keyof typeof views} */
let shown = 'map';

const showPanel = setUpTabs(find('views', HTMLElement), (panel) => {
  for (const [name, view] of Object.entries(views)) if (name !== panel && 'stop' in view) view.stop();
  shown = /** @type {keyof typeof views} */ (panel);
  const view = views[shown];
  if ('show' in view) view.show();
  find('settings', HTMLDetailsElement).hidden = panel === 'model';
});
find('map-teach', HTMLAnchorElement).addEventListener('click', () => teach.teachExampleUnlessTaught());

setUpDrop({
  onModel(file) {
    showPanel('model');
    views.model.use({ source: file });
  },
  onExamples(file) {
    showPanel('teach');
    teach.load(file);
  },
  onSounds(sounds, target) {
    // The view that is open takes them where it can.
    if (shown === 'teach') teach.addDropped(sounds, target);
    else if (shown === 'map') views.map.add(sounds);
    else {
      showPanel('files');
      views.files.add(sounds);
    }
  },
});

/** So that the page works without a network. Where nothing can be kept, even the look at `serviceWorker` may throw. */
async function keepFiles() {
  await navigator.serviceWorker?.register('offline.js');
}
