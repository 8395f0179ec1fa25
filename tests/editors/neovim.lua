-- Drives guiju's language server from Neovim (0.7 and later): the editor's own client speaks, nothing is made up here.
-- Run by tests/it/lsp.rs in a folder with 报告.txt and mine.yaml; GUIJU is the program.

local patience = 30000

local function fail(text)
  io.stderr:write("neovim: " .. text .. "\n")
  vim.cmd("cquit 1")
end

local function due(truth, text)
  if not truth then
    fail(text)
    error(text)
  end
end

-- Waits for what `ask` gives.
local function wait(what, ask)
  local answer
  due(vim.wait(patience, function()
    answer = ask()
    return answer ~= nil and answer ~= false
  end, 20), "no " .. what)
  return answer
end

local function start()
  return vim.lsp.start_client({
    name = "guiju",
    cmd = { vim.env.GUIJU, "lsp" },
    root_dir = vim.fn.getcwd(),
  })
end

local client = start()
due(client, "the server does not start")

local function open(path)
  vim.cmd("edit " .. path)
  local buffer = vim.api.nvim_get_current_buf()
  vim.lsp.buf_attach_client(buffer, client)
  return buffer
end

-- The diagnostics of a buffer, once `fits` holds for one of them.
local function diagnostics(buffer, what, fits)
  return wait(what, function()
    for _, it in ipairs(vim.diagnostic.get(buffer)) do
      if fits(it) then
        return it
      end
    end
  end)
end

local function line(buffer, number)
  return vim.api.nvim_buf_get_lines(buffer, number, number + 1, false)[1]
end

-- The characters a diagnostic underlines: Neovim has turned the protocol's columns into bytes.
local function underlined(buffer, it)
  return string.sub(line(buffer, it.lnum), it.col + 1, it.end_col)
end

-- Asks the server about a place, given by the line that holds `text` and how many bytes into it.
local function ask(buffer, method, text, into, more)
  local found
  for number, it in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
    local at = string.find(it, text, 1, true)
    if at then
      found = { number, at - 1 + (into or 0) }
      break
    end
  end
  due(found, text .. " is not in the buffer")
  vim.api.nvim_win_set_cursor(0, found)
  local params = vim.lsp.util.make_position_params()
  for key, value in pairs(more or {}) do
    params[key] = value
  end
  local answers = vim.lsp.buf_request_sync(buffer, method, params, patience)
  due(answers and answers[client], method .. " is not answered")
  due(not answers[client].err, method .. ": " .. vim.inspect(answers[client].err))
  return answers[client].result
end

local function labels(list)
  local words = {}
  for _, it in ipairs(list.items or list) do
    words[it.label] = true
  end
  return words
end

-- A pack with a slip: seen, mended through the editor, gone.
local pack = open("mine.yaml")
local slip = diagnostics(pack, "diagnostics of the pack", function(it) return it.code == "lang::unknown-set" end)
due(underlined(pack, slip) == "$不组", "underlined: " .. underlined(pack, slip))
local text = line(pack, slip.lnum)
vim.api.nvim_buf_set_text(pack, slip.lnum, slip.col, slip.lnum, slip.end_col, { "$不足" })
due(line(pack, slip.lnum) ~= text, "the buffer is not edited")
wait("end of the diagnostics", function() return #vim.diagnostic.get(pack) == 0 end)

-- What may be written behind 应当.
local words = labels(ask(pack, "textDocument/completion", "报告应当包含", #"报告应当"))
due(words["提及"] and not words["章节"], "completion: " .. vim.inspect(words))

-- The other voice.
local hover = ask(pack, "textDocument/hover", "报告应当包含", #"报告应")
due(string.find(hover.contents.value, "must include a", 1, true), "hover: " .. vim.inspect(hover))

-- Where the set is declared.
local place = ask(pack, "textDocument/definition", "包含 $不足", #"包含 $")
due(place.range.start.line == 5, "definition: " .. vim.inspect(place))

-- A new name for it, applied by the editor.
local edit = ask(pack, "textDocument/rename", "包含 $不足", #"包含 $", { newName = "短板" })
local encoding = "utf-16"
vim.lsp.util.apply_workspace_edit(edit, encoding)
local all = table.concat(vim.api.nvim_buf_get_lines(pack, 0, -1, false), "\n")
due(not string.find(all, "$不足", 1, true) and string.find(all, "包含 $短板 章节", 1, true), "rename: " .. all)

local rules = vim.lsp.buf_request_sync(pack, "textDocument/documentSymbol",
  { textDocument = vim.lsp.util.make_text_document_params() }, patience)[client].result
due(rules[#rules].name == "A3", "symbols: " .. vim.inspect(rules))
vim.cmd("set nomodified")

-- A report: a finding, its fix applied by the editor, its headings.
local report = open("报告.txt")
local found = diagnostics(report, "findings", function(it) return underlined(report, it) == "法制化" end)
vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col })
local params = vim.lsp.util.make_range_params()
params.context = { diagnostics = {} }
local actions = vim.lsp.buf_request_sync(report, "textDocument/codeAction", params, patience)[client].result
due(actions[1] and string.find(actions[1].title, "法治化", 1, true), "actions: " .. vim.inspect(actions))
vim.lsp.util.apply_workspace_edit(actions[1].edit, encoding)
due(string.find(line(report, found.lnum), "𠀀优化法治化营商环境", 1, true), "fix: " .. line(report, found.lnum))
wait("end of the finding", function()
  for _, it in ipairs(vim.diagnostic.get(report)) do
    if it.lnum == found.lnum and underlined(report, it) == "法制化" then
      return false
    end
  end
  return true
end)
local headings = vim.lsp.buf_request_sync(report, "textDocument/documentSymbol",
  { textDocument = vim.lsp.util.make_text_document_params() }, patience)[client].result
due(headings[1].children[1].name == "（一）强化学习", "headings: " .. vim.inspect(headings))

vim.lsp.stop_client(client)
wait("end of the server", function() return vim.lsp.client_is_stopped(client) end)
io.stderr:write("neovim: all well\n")
vim.cmd("qall!")
