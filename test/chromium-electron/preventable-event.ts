/** An event object as Electron passes it: a listener may call preventDefault. */
export type PreventableEvent<Details extends object = object> = Details & {
  preventDefault(): void;
  readonly defaultPrevented: boolean;
};

/** Makes an event object that remembers whether a listener prevented its default. */
export function preventableEvent<Details extends object = object>(details?: Details): PreventableEvent<Details> {
  let prevented = false;
  const event = {
    preventDefault: () => {
      prevented = true;
    },
    get defaultPrevented() {
      return prevented;
    },
  };
  return Object.assign(event, details);
}
