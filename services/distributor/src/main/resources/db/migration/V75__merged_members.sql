-- One person who had two members: accounts.merged_into says who goes on, and so does the row that
-- is the lock of a buyer.
ALTER TABLE accounts ADD KEY accounts_merged (merged_into);

-- Since when a binding that came with an absorbed member has been the survivor's.
ALTER TABLE bindings ADD COLUMN merged_at DATETIME(6) NULL;

ALTER TABLE buyers
  ADD COLUMN merged_into BINARY(16) NULL,
  ADD KEY buyers_merged (merged_into);
