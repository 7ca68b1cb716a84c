const NEEDED = 26;

/**
 * Ends the process with what to do when this Node is too old. An entry point calls it before it imports anything else: an
 * older Node could not even read the rest.
 */
export function requireNode(command: string): void {
  const { node } = process.versions;
  if (Number(node.split('.')[0]) >= NEEDED) return;
  process.stderr.write(
    `师训需要 Node ${NEEDED},这里运行的是 ${node}。请用 ${command} 启动;若仍出现本提示,请不带 --ignore-scripts 重新安装:npm ci\n` +
      `Shixun needs Node ${NEEDED}; this is ${node}. Start it with ${command}; if you still see this, install again without --ignore-scripts: npm ci\n`,
  );
  process.exit(1);
}
