// The entry with the full core: the same tracker, and the entity that the default entry does not have.
import { createTracker as createDefault, type Tracker } from 'piste';
import { createTracker, version, type Session, type TrackerOptions } from 'piste/full';

const options: TrackerOptions = { collector: 'https://collector.example', identity: 'local', sessionEntity: true };

export const trackers: Tracker[] = [createTracker(options), createDefault(options)];
export const visitor: Session | undefined = trackers[0]?.session();
export const named: string = version;
