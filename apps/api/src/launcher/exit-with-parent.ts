/**
 * Preloaded into every child (`node --import`): when the launcher is gone, killed even, the channel to it closes and
 * the child ends as on SIGTERM; one that does not is ended.
 */
process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), 5_000).unref();
});
