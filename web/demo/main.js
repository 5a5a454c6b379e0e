// The demo page: each view has a folder of its own, and all share one network and one set of choices.
import { FilesView } from './files/files_view.js';
import { LiveView } from './live/live_view.js';
import { find } from './page/dom.js';
import { sayError } from './page/messages.js';
import { Session } from './page/session.js';
import { SettingsForm } from './page/settings.js';
import { setUpTabs } from './page/tabs.js';

const session = new Session();
session.model.catch(sayError);
const settings = new SettingsForm();
settings.listDevices();

const live = new LiveView(session, settings);
const files = new FilesView(session, settings);

setUpTabs(/** @type {HTMLElement} */ (document.querySelector('[role="tablist"]')), (panel) => {
  if (panel !== 'live') live.stop();
  if (panel === 'files') files.show();
  else files.stop();
  find('settings', HTMLFieldSetElement).hidden = panel === 'model';
});
