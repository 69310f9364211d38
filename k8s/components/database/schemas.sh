# Read by the image's entry point when the data directory is new: a schema and a user for each service that sees only its own.
for service in catalog order distributor membership cps; do
  name=MALL_DB_${service^^}_PASSWORD
  docker_process_sql <<SQL
CREATE DATABASE IF NOT EXISTS mall_$service CHARACTER SET utf8mb4;
CREATE USER IF NOT EXISTS 'mall_$service'@'%' IDENTIFIED BY '${!name}';
GRANT ALL ON mall_$service.* TO 'mall_$service'@'%';
SQL
done
