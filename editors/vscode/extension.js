// The whole extension: it starts `guiju lsp` and leaves the rest to the editor's own client. No build step.
const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

exports.activate = function () {
  const settings = vscode.workspace.getConfiguration("guiju");
  const server = { command: settings.get("path"), args: ["lsp", ...settings.get("arguments")] };
  client = new LanguageClient("guiju", "规矩 guiju", server, {
    documentSelector: ["yaml", "markdown", "plaintext"].map((language) => ({ language })),
    synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher("**/*.{yaml,yml}") },
  });
  return client.start();
};

exports.deactivate = () => client && client.stop();
