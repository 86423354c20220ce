/**
 * Tells when the device has lost its network, and when it is time to look for a sign of life: the network is back, or
 * somebody looks at the page again.
 *
 * @param {{wake: Function, lostNetwork: Function}} owner
 * @param {AbortSignal} signal ends it
 */
export function followDevice(owner, signal) {
  window.addEventListener('online', () => owner.wake(), { signal });
  window.addEventListener('offline', () => owner.lostNetwork(), { signal });
  document.addEventListener('visibilitychange', () => document.hidden || owner.wake(), { signal });
}
