/** The key of every fault's relay: nobody but that relay may ever see it. */
export const relayKey = 'sk-fault-suite-6f1d0c2b';
