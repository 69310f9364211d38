-- Brands, categories, products, imports and stock. Texts compare byte by byte (utf8mb4_bin): numbers, codes and names
-- are what they are; search goes through product_term, whose terms are folded beforehand.

CREATE TABLE brand (
  id BINARY(16) NOT NULL,
  code VARCHAR(40) NOT NULL,
  name VARCHAR(80) NOT NULL,
  logo_url VARCHAR(1000) NOT NULL,
  story VARCHAR(4000) NOT NULL,
  version BIGINT NOT NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY brand_code (code),
  UNIQUE KEY brand_name (name)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- lineage: the ids from the top category down to this one, 16 bytes each; a category's descendants share its lineage as prefix.
CREATE TABLE category (
  id BINARY(16) NOT NULL,
  parent_id BINARY(16) NULL,
  name VARCHAR(60) NOT NULL,
  path VARCHAR(400) NOT NULL,
  lineage VARBINARY(128) NOT NULL,
  sort_order INT NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY category_path (path),
  KEY category_lineage (lineage)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- listed_at: when it was last published, before that when it was made: the key of "newest first".
CREATE TABLE product (
  id BINARY(16) NOT NULL,
  brand_id BINARY(16) NOT NULL,
  product_no VARCHAR(64) NOT NULL,
  category_id BINARY(16) NOT NULL,
  title VARCHAR(200) NOT NULL,
  brief VARCHAR(500) NOT NULL,
  unit VARCHAR(20) NOT NULL,
  keywords TEXT NOT NULL,
  cover_url VARCHAR(1000) NOT NULL,
  gallery MEDIUMTEXT NOT NULL,
  attributes MEDIUMTEXT NOT NULL,
  detail_html MEDIUMTEXT NOT NULL,
  state VARCHAR(16) NOT NULL,
  state_reason VARCHAR(200) NOT NULL,
  price_from BIGINT NOT NULL,
  version BIGINT NOT NULL,
  created_at DATETIME(6) NOT NULL,
  published_at DATETIME(6) NULL,
  listed_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY product_number (brand_id, product_no),
  KEY product_newest (state, listed_at, id),
  KEY product_price (state, price_from, id),
  KEY product_brand_newest (brand_id, state, listed_at, id),
  KEY product_brand_price (brand_id, state, price_from, id),
  KEY product_category_newest (category_id, state, listed_at, id),
  KEY product_category_price (category_id, state, price_from, id),
  CONSTRAINT product_of_brand FOREIGN KEY (brand_id) REFERENCES brand (id),
  CONSTRAINT product_in_category FOREIGN KEY (category_id) REFERENCES category (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE sku (
  id BINARY(16) NOT NULL,
  product_id BINARY(16) NOT NULL,
  brand_id BINARY(16) NOT NULL,
  sku_no VARCHAR(64) NOT NULL,
  position INT NOT NULL,
  specs TEXT NOT NULL,
  spec_text VARCHAR(500) NOT NULL,
  list_price BIGINT NOT NULL,
  price BIGINT NOT NULL,
  after_sale_days INT NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY sku_number (brand_id, sku_no),
  KEY sku_of_product (product_id, position),
  CONSTRAINT sku_product FOREIGN KEY (product_id) REFERENCES product (id),
  CONSTRAINT sku_price CHECK (price > 0 AND list_price >= price)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Every price a SKU ever had, the current one included; append only.
CREATE TABLE price_change (
  id BINARY(16) NOT NULL,
  sku_id BINARY(16) NOT NULL,
  list_price BIGINT NOT NULL,
  price BIGINT NOT NULL,
  effective_from DATETIME(6) NOT NULL,
  changed_by VARCHAR(80) NOT NULL,
  reason VARCHAR(200) NOT NULL,
  PRIMARY KEY (id),
  KEY price_change_of_sku (sku_id, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What a product is found by: its folded letters, digits and symbols, from each of them on. part: 0 title, 1 its other
-- texts and those of its SKUs, 2 the name of its brand.
CREATE TABLE product_term (
  product_id BINARY(16) NOT NULL,
  term VARCHAR(12) NOT NULL,
  part TINYINT NOT NULL,
  PRIMARY KEY (product_id, term, part),
  KEY product_term_lookup (term, part, product_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- heartbeat_at is the database's own time, not the business clock: it tells a running import from a dead one.
CREATE TABLE catalog_import (
  id BINARY(16) NOT NULL,
  state VARCHAR(24) NOT NULL,
  file_name VARCHAR(200) NOT NULL,
  file_hash CHAR(64) NOT NULL,
  default_brand_code VARCHAR(40) NOT NULL,
  created_by VARCHAR(80) NOT NULL,
  rows_read BIGINT NOT NULL DEFAULT 0,
  rows_refused BIGINT NOT NULL DEFAULT 0,
  products_created BIGINT NOT NULL DEFAULT 0,
  products_changed BIGINT NOT NULL DEFAULT 0,
  products_unchanged BIGINT NOT NULL DEFAULT 0,
  skus_created BIGINT NOT NULL DEFAULT 0,
  skus_changed BIGINT NOT NULL DEFAULT 0,
  failure VARCHAR(500) NOT NULL DEFAULT '',
  created_at DATETIME(6) NOT NULL,
  finished_at DATETIME(6) NULL,
  heartbeat_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  KEY catalog_import_running (state, heartbeat_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE catalog_import_error (
  import_id BINARY(16) NOT NULL,
  line BIGINT NOT NULL,
  column_name VARCHAR(80) NOT NULL,
  reason VARCHAR(60) NOT NULL,
  message VARCHAR(500) NOT NULL,
  PRIMARY KEY (import_id, line)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The pieces of a SKU. The checks make the identity of stock a rule of the database, not only of the code.
CREATE TABLE stock_level (
  sku_id BINARY(16) NOT NULL,
  supplied BIGINT NOT NULL,
  available BIGINT NOT NULL,
  held BIGINT NOT NULL,
  sold BIGINT NOT NULL,
  PRIMARY KEY (sku_id),
  CONSTRAINT stock_not_negative CHECK (supplied >= 0 AND available >= 0 AND held >= 0 AND sold >= 0),
  CONSTRAINT stock_adds_up CHECK (available + held + sold = supplied)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- expires_at is null once the order exists: then only its payment or cancellation ends the hold.
CREATE TABLE reservation (
  order_id BINARY(16) NOT NULL,
  state VARCHAR(16) NOT NULL,
  holder VARCHAR(80) NOT NULL,
  held_at DATETIME(6) NOT NULL,
  expires_at DATETIME(6) NULL,
  ended_at DATETIME(6) NULL,
  PRIMARY KEY (order_id),
  KEY reservation_expiry (state, expires_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE reservation_line (
  order_id BINARY(16) NOT NULL,
  sku_id BINARY(16) NOT NULL,
  quantity BIGINT NOT NULL,
  restocked BIGINT NOT NULL,
  PRIMARY KEY (order_id, sku_id),
  CONSTRAINT reservation_line_quantity CHECK (quantity > 0 AND restocked >= 0 AND restocked <= quantity)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The book of stock, append only: supplied = sum of SUPPLY, available = SUPPLY - HOLD + RELEASE + EXPIRE + RESTOCK.
CREATE TABLE stock_movement (
  id BINARY(16) NOT NULL,
  sku_id BINARY(16) NOT NULL,
  kind VARCHAR(16) NOT NULL,
  quantity BIGINT NOT NULL,
  order_id BINARY(16) NULL,
  reason VARCHAR(200) NOT NULL,
  moved_by VARCHAR(80) NOT NULL,
  moved_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  KEY stock_movement_of_sku (sku_id, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
