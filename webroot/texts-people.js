// @ts-check
import { texts as common } from './texts.js';

/** The texts of users and keys. */

export const texts = {
  ...common,

  people: {
    title: 'Users and keys · Holdfast',
    heading: 'Users and keys',
    back: 'All sessions',
    me: (/** @type {string} */ name, /** @type {string} */ role) => `${name} · ${role}`,
    logout: 'Log out',
    forAdmins: 'Only admins see who may do what. Log in as one.',
    users: 'Users',
    usersHint: 'People who log in with a password.',
    noUsers: 'No users yet.',
    keys: 'Keys',
    keysHint: 'For programs, as Authorization: Bearer.',
    noKeys: 'No keys yet.',
    audit: 'On record',
    noAudit: 'Nothing has happened yet.',
    columns: {
      name: 'Name', role: 'Role', created: 'Created', by: 'By', expires: 'Expires', secret: 'Secret', actions: 'Actions',
      when: 'When', what: 'What', who: 'By', details: 'Details',
    },
    addUser: 'Add user…',
    addKey: 'Add key…',
    add: 'Add',
    never: 'never',
    until: 'until',
    disabled: 'disabled',
    disable: 'Disable',
    enable: 'Enable',
    remove: 'Remove…',
    revoke: 'Revoke…',
    newPassword: 'Password…',
    password: 'Password, at least 8 characters',
    save: 'Save',
    expiresOn: 'Expires on (empty for never)',
    roles: {
      viewer: 'viewer: reads',
      reviewer: 'reviewer: reads and gives verdicts',
      operator: 'operator: everything about sessions',
      admin: 'admin: everything, and who may what',
      worker: 'worker: reports rows only',
    },
    secretOnce: 'This is the secret of the key. It is shown this once only: copy it now.',
    done: 'Done',
    confirmRemove: (/** @type {string} */ name) => `Remove ${name}? Every login of this user ends at once.`,
    confirmRevoke: (/** @type {string} */ name) => `Revoke ${name}? Whoever uses it is refused at once.`,
  },
};
